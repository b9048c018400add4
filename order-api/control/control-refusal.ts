/** A request of the control that is refused; `message` says why, in one line. */
export class ControlRefusal extends Error {
  /** HTTP status of the response: 400 for a setting, 404 for a name, others for the form of the request. */
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.name = 'ControlRefusal';
    this.status = status;
  }
}
