import type { PageData } from '../core/render/html/page-data.ts';

/** The data embedded in the page. The suite wrote it, so its shape is trusted. */
export function readPageData(page: Document): PageData {
  return JSON.parse(page.getElementById('data')?.textContent ?? '{}') as PageData;
}
