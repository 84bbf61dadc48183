/** Reads `multipart/form-data` from bytes. The usual parsers take a part without `filename=` for text, and the SDK sends such files. */
export interface Part {
  name: string;
  fileName?: string;
  type?: string;
  bytes: Buffer;
}

/** The parts in order; empty when the content type names no boundary. */
export function readMultipart(contentType: string, body: Buffer): Part[] {
  const boundary = /boundary="?([^";]+)"?/i.exec(contentType)?.[1];
  if (!boundary) return [];
  const parts: Part[] = [];
  const delimiter = Buffer.from(`--${boundary}`);
  let start = body.indexOf(delimiter);
  while (start !== -1) {
    const end = body.indexOf(delimiter, start + delimiter.length);
    if (end === -1) break;
    const part = readPart(body.subarray(start + delimiter.length + 2, end - 2));
    if (part) parts.push(part);
    start = end;
  }
  return parts;
}

function readPart(source: Buffer): Part | undefined {
  const split = source.indexOf('\r\n\r\n');
  if (split === -1) return undefined;
  const head = source.subarray(0, split).toString('utf8');
  const name = /[;\s]name="([^"]*)"/i.exec(head)?.[1];
  if (name === undefined) return undefined;
  const part: Part = { name, bytes: source.subarray(split + 4) };
  const fileName = /filename="([^"]*)"/i.exec(head)?.[1];
  const type = /content-type:\s*([^\r\n]+)/i.exec(head)?.[1];
  if (fileName !== undefined) part.fileName = fileName;
  if (type !== undefined) part.type = type;
  return part;
}
