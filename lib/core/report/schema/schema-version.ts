/** Version that this suite writes. Within major 1, fields are only added. */
export const SCHEMA_VERSION = '1.0';
