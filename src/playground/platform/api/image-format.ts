export interface ImageFormat {
  name: string;
  /** Pixels; absent where the head of the file does not tell simply. */
  width?: number;
  height?: number;
}

/** Recognises the formats that the platform takes by their first bytes; `undefined` for anything else. */
export function imageFormat(bytes: Buffer): ImageFormat | undefined {
  const starts = (...head: number[]) => head.every((byte, index) => bytes[index] === byte);
  const ascii = (from: number, to: number) => bytes.toString('latin1', from, to);
  if (starts(0x89, 0x50, 0x4e, 0x47) && bytes.length >= 24) {
    return { name: 'png', width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
  }
  if (ascii(0, 3) === 'GIF' && bytes.length >= 10) {
    return { name: 'gif', width: bytes.readUInt16LE(6), height: bytes.readUInt16LE(8) };
  }
  if (starts(0xff, 0xd8, 0xff)) return { name: 'jpeg' };
  if (ascii(0, 4) === 'RIFF' && ascii(8, 12) === 'WEBP') return { name: 'webp' };
  if (ascii(0, 2) === 'BM' && bytes.length >= 26) {
    return { name: 'bmp', width: Math.abs(bytes.readInt32LE(18)), height: Math.abs(bytes.readInt32LE(22)) };
  }
  if (starts(0, 0, 1, 0)) return { name: 'x-icon' };
  if (starts(0x49, 0x49, 0x2a, 0) || starts(0x4d, 0x4d, 0, 0x2a)) return { name: 'tiff' };
  if (ascii(4, 8) === 'ftyp' && /^(heic|heix|mif1|hevc)/.test(ascii(8, 12))) return { name: 'heic' };
  return undefined;
}
