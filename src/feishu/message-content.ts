import { z } from 'zod';

/** What a person wrote, and the files and pictures that came with it. */
export interface MessageContent {
  /** Absent for kinds that hold no text. */
  text?: string;
  attachments: { type: 'image' | 'file'; key: string; name: string }[];
}

type Attachment = MessageContent['attachments'][number];

const key = z.string().min(1);
const plain = z.object({ text: z.string() });
const image = z.object({ image_key: key });
const file = z.object({ file_key: key, file_name: z.string().default('') });
const element = z.looseObject({ tag: z.string() });
const post = z.object({ title: z.string().nullish(), content: z.array(z.array(element)) });
/** Received posts have no language around them, sent ones do; reading both costs nothing. */
const anyPost = z.union([post, z.record(z.string(), post).transform((byLanguage) => Object.values(byLanguage)[0]!)]);

/**
 * Reads the content of a message, a JSON text. Kinds that we cannot read give no text and no attachments.
 *
 * @throws SyntaxError or ZodError when a kind that we know has an unknown shape.
 */
export function readContent(type: string, content: string): MessageContent {
  switch (type) {
    case 'text':
      return { text: plain.parse(JSON.parse(content)).text, attachments: [] };
    case 'post':
      return flatten(anyPost.parse(JSON.parse(content)));
    case 'image': {
      const { image_key } = image.parse(JSON.parse(content));
      return { attachments: [{ type: 'image', key: image_key, name: 'image' }] };
    }
    case 'file':
    case 'media': {
      const { file_key, file_name } = file.parse(JSON.parse(content));
      return { attachments: [{ type: 'file', key: file_key, name: file_name }] };
    }
    default:
      return { attachments: [] };
  }
}

/** One line a paragraph, mention placeholders kept, so that a command typed as rich text reads like a plain one. */
function flatten({ title, content }: z.infer<typeof post>): MessageContent {
  const attachments: Attachment[] = [];
  const lines = content.map((paragraph) => paragraph.map((part) => inline(part, attachments)).join(''));
  return { text: [...(title ? [title] : []), ...lines].join('\n').trim(), attachments };
}

function inline(part: z.infer<typeof element>, attachments: Attachment[]): string {
  const field = (name: string) => (typeof part[name] === 'string' ? part[name] : '');
  switch (part.tag) {
    case 'a': {
      const [text, href] = [field('text'), field('href')];
      return !href || text === href ? text || href : `[${text}](${href})`;
    }
    case 'at':
      // the placeholder that `mentions` explains; a blank after it, as in plain text
      return `${field('user_id')} `;
    case 'img':
      if (field('image_key')) attachments.push({ type: 'image', key: field('image_key'), name: 'image' });
      return '';
    case 'media':
    case 'file':
      if (field('file_key')) attachments.push({ type: 'file', key: field('file_key'), name: field('file_name') });
      return '';
    case 'emotion':
      return field('emoji_type') && `[${field('emoji_type')}]`;
    default:
      return field('text');
  }
}
