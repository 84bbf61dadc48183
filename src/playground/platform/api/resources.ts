/** Files and images: upload, download by message, download of what the bot uploaded itself (4.5). */
import type { Call, Reply } from '#playground/platform/api/call';
import { ApiError } from '#playground/platform/api/errors';
import type { Endpoint, Gate } from '#playground/platform/api/gate';
import { imageFormat } from '#playground/platform/api/image-format';
import { existing } from '#playground/platform/api/receivers';
import type { Files } from '#playground/platform/files';
import { newResourceKey } from '#playground/platform/ids';
import type { StoredResource } from '#playground/platform/model';

const fileTypes = ['opus', 'mp4', 'pdf', 'doc', 'xls', 'ppt', 'stream'];
const megabyte = 1024 * 1024;
const readScopes = ['im:message', 'im:message:readonly'];
const uploadScopes = ['im:resource', 'im:resource:upload'];

export function resourceEndpoints({ state }: Gate, files: Files): Endpoint[] {
  function uploadFile(call: Call): Reply {
    const { fields, bytes, type } = form(call, 'file');
    if (!fileTypes.includes(fields.file_type ?? '') || !fields.file_name)
      throw new ApiError(234001, 'Invalid request param.');
    checkBytes(bytes, 30 * megabyte);
    const key = newResourceKey('file');
    const resource: StoredResource = {
      key,
      kind: 'file',
      name: fields.file_name,
      size: bytes.length,
      mime: type ?? 'application/octet-stream',
      owner: 'bot',
      fileType: fields.file_type ?? 'stream',
    };
    files.put(key, bytes);
    state.resources.set(key, resource);
    return { data: { file_key: key } };
  }

  function uploadImage(call: Call): Reply {
    const { fields, bytes } = form(call, 'image');
    if (fields.image_type !== 'message' && fields.image_type !== 'avatar')
      throw new ApiError(234001, 'Invalid request param.');
    checkBytes(bytes, 10 * megabyte);
    const format = imageFormat(bytes);
    if (!format) throw new ApiError(234011, "Can't recognize the image format.");
    const side = format.name === 'gif' ? 2000 : 12_000;
    if (format.width !== undefined && (format.width > side || (format.height ?? 0) > side)) {
      throw new ApiError(234039, 'Image resolution exceeds limit.');
    }
    const key = newResourceKey('image');
    files.put(key, bytes);
    state.resources.set(key, {
      key,
      kind: 'image',
      name: `${key}.${format.name}`,
      size: bytes.length,
      mime: `image/${format.name}`,
      owner: 'bot',
    });
    return { data: { image_key: key } };
  }

  function ofMessage(call: Call): Reply {
    const key = call.param('key');
    const kind = call.query('type');
    if (kind !== 'file' && kind !== 'image') throw new ApiError(234001, 'Invalid request param.');
    const message = existing(state, call.param('id'));
    if (!state.chats.get(message.chatId)?.hasBot) throw new ApiError(234004, 'App is not in the chat.');
    if (message.type === 'interactive' || message.type === 'sticker')
      throw new ApiError(234043, 'Unsupported message type.');
    const resource = state.resources.get(key);
    if (!resource || resource.kind !== kind || !message.content.includes(`"${key}"`)) {
      throw new ApiError(234003, 'File not in message.');
    }
    return download(resource);
  }

  function ofBot(call: Call): Reply {
    const resource = state.resources.get(call.param('key'));
    if (resource?.owner !== 'bot') throw new ApiError(234008, 'The app is not the resource sender.');
    return download(resource);
  }

  const download = (resource: StoredResource): Reply => ({
    bytes: files.get(resource.key),
    headers: { 'content-type': resource.mime, 'content-length': String(resource.size) },
  });

  return [
    {
      api: 'upload-file',
      method: 'POST',
      path: '/im/v1/files',
      scopes: uploadScopes,
      run: uploadFile,
      title: () => 'upload file',
    },
    {
      api: 'upload-image',
      method: 'POST',
      path: '/im/v1/images',
      scopes: uploadScopes,
      run: uploadImage,
      title: () => 'upload image',
    },
    {
      api: 'resource',
      method: 'GET',
      path: '/im/v1/messages/:id/resources/:key',
      scopes: readScopes,
      run: ofMessage,
      title: () => 'download a resource',
    },
    { api: 'file', method: 'GET', path: '/im/v1/files/:key', scopes: uploadScopes, run: ofBot },
    { api: 'image', method: 'GET', path: '/im/v1/images/:key', scopes: uploadScopes, run: ofBot },
  ];
}

/** The text fields and the one file part of an upload; the part needs no file name. */
function form(call: Call, fileField: string): { fields: Record<string, string>; bytes: Buffer; type?: string } {
  const parts = call.parts();
  const file = parts.find((part) => part.name === fileField);
  if (!file) throw new ApiError(234001, 'Invalid request param.');
  const fields: Record<string, string> = {};
  for (const part of parts) if (part !== file) fields[part.name] = part.bytes.toString('utf8');
  return { fields, bytes: file.bytes, ...(file.type ? { type: file.type } : {}) };
}

function checkBytes(bytes: Buffer, most: number): void {
  if (bytes.length === 0) throw new ApiError(234010, "File's size can't be 0.");
  if (bytes.length > most) throw new ApiError(234006, 'The file size exceed the max value.');
}
