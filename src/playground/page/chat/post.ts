export interface PostPiece {
  tag: string;
  text?: string;
  href?: string;
  user_id?: string;
  user_name?: string;
  image_key?: string;
  emoji_type?: string;
  language?: string;
  style?: string[];
}

/** A rich text message as lines of pieces, whether its content names languages or not. */
export function postOf(content: Record<string, unknown>): { title: string; lines: PostPiece[][] } {
  const direct = Array.isArray(content.content) ? content : undefined;
  const local = Object.values(content).find(
    (part): part is Record<string, unknown> => typeof part === 'object' && part !== null && 'content' in part,
  );
  const post = direct ?? local ?? {};
  const lines = Array.isArray(post.content) ? (post.content as PostPiece[][]) : [];
  return { title: typeof post.title === 'string' ? post.title : '', lines };
}
