import { useEffect, useMemo } from 'preact/hooks';
import { Glyph } from '../card/icons.tsx';
import { useWords } from '../state/locale.ts';

export const isImage = (file: File) => /^image\/(png|jpe?g|gif|webp|bmp)$/.test(file.type);

/** Files that go out with the next message. */
export function Attachments({ files, remove }: { files: File[]; remove(file: File): void }) {
  if (files.length === 0) return null;
  return (
    <div class="attachments" data-testid="attachments">
      {files.map((file) => (
        <Attachment key={`${file.name}${file.lastModified}${file.size}`} file={file} remove={() => remove(file)} />
      ))}
    </div>
  );
}

function Attachment({ file, remove }: { file: File; remove(): void }) {
  const words = useWords();
  const url = useMemo(() => (isImage(file) ? URL.createObjectURL(file) : undefined), [file]);
  useEffect(() => () => (url ? URL.revokeObjectURL(url) : undefined), [url]);
  return (
    <span class={`attachment${url ? ' image' : ''}`}>
      {url ? <img src={url} alt={file.name} /> : <Glyph name="file" size="18px" />}
      {!url && <span>{file.name}</span>}
      <button type="button" aria-label={`${words.remove} ${file.name}`} onClick={remove}>
        <Glyph name="close" size="12px" />
      </button>
    </span>
  );
}
