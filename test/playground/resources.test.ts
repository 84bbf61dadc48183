import type { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readMultipart } from '#playground/platform/api/multipart';
import { group, li, type Stage, stage, tokenOf, wang } from '#test/playground/fixture';

let s: Stage;
beforeEach(async () => {
  s = await stage();
});
afterEach(() => s.close());

/** Head of a PNG with these dimensions; the stand-in looks no further. */
function png(width: number, height: number): Buffer {
  const head = Buffer.alloc(24);
  Buffer.from([0x89, 0x50, 0x4e, 0x47]).copy(head);
  head.writeUInt32BE(width, 16);
  head.writeUInt32BE(height, 20);
  return head;
}

type FileType = 'stream' | 'opus' | 'mp4' | 'xls';
const uploadFile = (file: Buffer, file_type: FileType = 'stream', file_name = '工资.csv') =>
  s.client.im.v1.file.create({ data: { file_type, file_name, file } });

const failing = (call: Promise<unknown>) =>
  call.then(
    () => 0,
    (error: { response?: { data?: { code?: number } } }) => error.response?.data?.code,
  );

const send = async (msg_type: string, content: object) =>
  (
    await s.call('POST', '/im/v1/messages?receive_id_type=chat_id', {
      receive_id: group,
      msg_type,
      content: JSON.stringify(content),
    })
  ).body;

describe('uploading (4.5)', () => {
  it('takes a Buffer part without a file name, byte for byte, and sends it as a file', async () => {
    const bytes = Buffer.from([0, 255, 13, 10, 45, 45, 1, 2]);
    const uploaded = await uploadFile(bytes);
    expect(uploaded?.file_key).toMatch(/^file_/);
    expect((await send('file', { file_key: uploaded?.file_key })).code).toBe(0);
    expect(s.standIn.world.messagesIn(group)[0]?.content).toEqual({
      file_key: uploaded?.file_key,
      file_name: '工资.csv',
    });
    const stored = await fetch(`${s.url}/playground/api/resources/${uploaded?.file_key}`);
    expect(Buffer.from(await stored.arrayBuffer())).toEqual(bytes);
  });

  it('takes 30 MB but not a byte more, and nothing empty', async () => {
    expect(await failing(uploadFile(Buffer.alloc(30 * 1024 * 1024)))).toBe(0);
    expect(await failing(uploadFile(Buffer.alloc(30 * 1024 * 1024 + 1)))).toBe(234006);
    expect(await failing(uploadFile(Buffer.alloc(0)))).toBe(234010);
  });

  it('refuses an unknown file_type', async () => {
    expect(await failing(uploadFile(Buffer.from('x'), 'csv' as FileType))).toBe(234001);
  });

  it('wants the message type that fits the file type', async () => {
    const opus = await uploadFile(Buffer.from('x'), 'opus', 'a.opus');
    expect((await send('file', { file_key: opus?.file_key })).code).toBe(230055);
    expect((await send('audio', { file_key: opus?.file_key })).code).toBe(0);
    const film = await uploadFile(Buffer.from('x'), 'mp4', 'a.mp4');
    expect((await send('media', { file_key: film?.file_key })).code).toBe(0);
  });

  it('images: format, size and pixels', async () => {
    const upload = (image: Buffer) => s.client.im.v1.image.create({ data: { image_type: 'message', image } });
    const uploaded = await upload(png(100, 100));
    expect((await send('image', { image_key: uploaded?.image_key })).code).toBe(0);
    expect(await failing(upload(Buffer.from('no image')))).toBe(234011);
    expect(await failing(upload(png(12_001, 10)))).toBe(234039);
    expect(await failing(upload(Buffer.concat([png(1, 1), Buffer.alloc(10 * 1024 * 1024)])))).toBe(234006);
  });

  it('reads parts whatever stands in them', () => {
    const body =
      '--b\r\nContent-Disposition: form-data; filename="x.txt"; name="file"\r\nContent-Type: text/plain\r\n\r\n\r\n--\r\n--b--\r\n';
    expect(readMultipart('multipart/form-data; boundary=b', Buffer.from(body))).toEqual([
      { name: 'file', fileName: 'x.txt', type: 'text/plain', bytes: Buffer.from('\r\n--') },
    ]);
  });
});

describe('downloading what a person sent (9.6)', () => {
  const bytes = Buffer.from('订单,数量\nSO-1,800\n');

  function sendFile(): { key: string; messageId: string } {
    const key = s.standIn.world.upload(li, '订单.csv', bytes);
    return { key, messageId: s.standIn.world.say(li, group, { file: { key, name: '订单.csv' } }).messageId };
  }

  it('gives the bytes to the SDK', async () => {
    const { key, messageId } = sendFile();
    const got = await s.client.im.v1.messageResource.get({
      path: { message_id: messageId, file_key: key },
      params: { type: 'file' },
    });
    const chunks: Buffer[] = [];
    for await (const chunk of got.getReadableStream() as Readable) chunks.push(chunk as Buffer);
    expect(Buffer.concat(chunks)).toEqual(bytes);
  });

  it('only with the message that holds it, only of the right kind, only in its own chats', async () => {
    const { key, messageId } = sendFile();
    const other = s.standIn.world.say(wang, group, 'x').messageId;
    const get = async (message: string, type: string) =>
      (await s.call('GET', `/im/v1/messages/${message}/resources/${key}?type=${type}`)).body;
    expect((await get(other, 'file')).code).toBe(234003);
    expect((await get(messageId, 'image')).code).toBe(234003);
    expect((await get(messageId, 'film')).code).toBe(234001);
    s.standIn.world.removeBot(group, li);
    expect((await get(messageId, 'file')).code).toBe(234004);
  });

  it('a file by its key alone only when the bot uploaded it itself', async () => {
    const { key } = sendFile();
    const token = await tokenOf(s.url);
    expect((await s.call('GET', `/im/v1/files/${key}`, undefined, token)).body.code).toBe(234008);
    const own = await uploadFile(bytes);
    expect((await s.call('GET', `/im/v1/files/${own?.file_key}`, undefined, token)).body).toBe(bytes.toString());
  });
});
