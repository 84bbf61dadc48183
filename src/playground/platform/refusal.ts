/** Something that a client would not let this person do; `message` is for people. */
export class Refusal extends Error {
  readonly status: 400 | 403 | 404 | 409 | 409;

  constructor(status: 400 | 403 | 404 | 409 | 409, message: string) {
    super(message);
    this.status = status;
  }
}
