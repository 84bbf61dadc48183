/** Frames of the long connection: protobuf messages `Frame` and `Header` of the package `pbbp2`. */
import protobuf from 'protobufjs/minimal.js';

export interface Frame {
  /** 0 control (ping, pong), 1 data. */
  method: 0 | 1;
  service: number;
  headers: Record<string, string>;
  payload?: Uint8Array;
}

export function encodeFrame(frame: Frame): Uint8Array {
  const writer = protobuf.Writer.create();
  writer.uint32(8).uint64(0).uint32(16).uint64(0).uint32(24).int32(frame.service).uint32(32).int32(frame.method);
  for (const [key, value] of Object.entries(frame.headers)) {
    writer.uint32(42).fork().uint32(10).string(key).uint32(18).string(value).ldelim();
  }
  if (frame.payload) writer.uint32(66).bytes(frame.payload);
  return writer.finish();
}

/** Throws a RangeError when the bytes are no frame. */
export function decodeFrame(bytes: Uint8Array): Frame {
  const reader = protobuf.Reader.create(bytes);
  const frame: Frame = { method: 0, service: 0, headers: {} };
  while (reader.pos < reader.len) {
    const tag = reader.uint32();
    if (tag >>> 3 === 3) frame.service = reader.int32();
    else if (tag >>> 3 === 4) frame.method = reader.int32() === 1 ? 1 : 0;
    else if (tag >>> 3 === 5) Object.assign(frame.headers, decodeHeader(reader, reader.uint32()));
    else if (tag >>> 3 === 8) frame.payload = reader.bytes();
    else reader.skipType(tag & 7);
  }
  return frame;
}

function decodeHeader(reader: protobuf.Reader, length: number): Record<string, string> {
  const end = reader.pos + length;
  let key = '';
  let value = '';
  while (reader.pos < end) {
    const tag = reader.uint32();
    if (tag >>> 3 === 1) key = reader.string();
    else if (tag >>> 3 === 2) value = reader.string();
    else reader.skipType(tag & 7);
  }
  return { [key]: value };
}
