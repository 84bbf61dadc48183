import { useMemo, useState } from 'preact/hooks';
import { resourceUrl } from '../../state/api.ts';
import { useWords } from '../../state/locale.ts';
import { localDatetime } from '../../state/time.ts';
import { useCard, useCardLocale, useClient } from '../context.ts';
import { CardIcon } from '../icons.tsx';
import { PersonChip } from '../person.tsx';
import { colour, safeUrl, textAlign, textSize } from '../style.ts';
import { Pager, TableBox } from '../table-box.tsx';
import { type Element, type Icon, pick, type Text } from '../types.ts';
import { type Block, parseBlocks } from './blocks.ts';
import { type Inline, parseInline } from './inline.ts';

/** The `markdown` component. */
export function MarkdownElement({ element }: { element: Element }) {
  const card = useCard();
  const source = pick(element as Text, useCardLocale());
  const style = {
    fontSize: textSize(element.text_size, card),
    textAlign: textAlign(element.text_align),
  };
  if (!element.icon) return <Markdown source={source} style={style} />;
  return (
    <div class="with-icon" style={style}>
      <CardIcon icon={element.icon as Icon} />
      <Markdown source={source} />
    </div>
  );
}

/** The whole dialect, built as nodes: no text of a card is ever read as HTML. */
export function Markdown({ source, style }: { source: string; style?: Record<string, string | undefined> }) {
  const blocks = useMemo(() => parseBlocks(source), [source]);
  return (
    <div class="md" style={style}>
      <Blocks blocks={blocks} />
    </div>
  );
}

/** The small dialect of `lark_md`: running text only. */
export function LarkMd({ source }: { source: string }) {
  return <Pieces nodes={useMemo(() => parseInline(source), [source])} />;
}

function Blocks({ blocks }: { blocks: Block[] }) {
  return (
    <>
      {blocks.map((block, index) => (
        <BlockView key={`${index}${block.kind}`} block={block} />
      ))}
    </>
  );
}

function BlockView({ block }: { block: Block }) {
  switch (block.kind) {
    case 'paragraph':
      return (
        <p>
          <LarkMd source={block.text} />
        </p>
      );
    case 'heading': {
      const Heading = headings[block.level - 1] ?? 'h6';
      return (
        <Heading class={`md-heading md-h${block.level}`}>
          <LarkMd source={block.text} />
        </Heading>
      );
    }
    case 'quote':
      return (
        <blockquote>
          <Blocks blocks={block.blocks} />
        </blockquote>
      );
    case 'code':
      return (
        <pre class="md-code" data-language={block.language}>
          <code>{block.text}</code>
        </pre>
      );
    case 'rule':
      return <hr />;
    case 'list':
      return (
        <ul class="md-list">
          {block.items.map((item, index) => (
            <li key={index} class="md-item" style={{ paddingLeft: `${item.level * 20}px` }}>
              <span class="md-bullet">{item.number === undefined ? bullets[item.level % 3] : `${item.number}.`}</span>
              <span>
                <LarkMd source={item.text} />
              </span>
            </li>
          ))}
        </ul>
      );
    case 'table':
      return <MarkdownTable block={block} />;
  }
}

/** Below the title of the card, which is an `h3`. */
const headings = ['h4', 'h5', 'h6', 'h6', 'h6', 'h6'] as const;
const bullets = ['•', '◦', '▪'];
const rowsPerPage = 5;

function MarkdownTable({ block }: { block: Extract<Block, { kind: 'table' }> }) {
  const [page, setPage] = useState(0);
  const pages = Math.ceil(block.rows.length / rowsPerPage);
  const rows = block.rows.slice(page * rowsPerPage, (page + 1) * rowsPerPage);
  return (
    <TableBox foot={pages > 1 && <Pager page={page} pages={pages} turn={setPage} />}>
      <table>
        <thead>
          <tr>
            {block.header.map((cell, index) => (
              <th key={index} style={{ textAlign: block.align[index] }}>
                <LarkMd source={cell} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, at) => (
            <tr key={at}>
              {block.header.map((_, index) => (
                <td key={index} style={{ textAlign: block.align[index] }}>
                  <LarkMd source={row[index] ?? ''} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </TableBox>
  );
}

function Pieces({ nodes }: { nodes: Inline[] }) {
  return (
    <>
      {nodes.map((node, index) => (
        <Piece key={index} node={node} />
      ))}
    </>
  );
}

function Piece({ node }: { node: Inline }) {
  const card = useCard();
  const client = useClient();
  const locale = useCardLocale();
  const words = useWords();
  switch (node.kind) {
    case 'text':
      return <>{node.text}</>;
    case 'break':
      return <br />;
    case 'strong':
      return (
        <strong>
          <Pieces nodes={node.children} />
        </strong>
      );
    case 'em':
      return (
        <em>
          <Pieces nodes={node.children} />
        </em>
      );
    case 'del':
      return (
        <del>
          <Pieces nodes={node.children} />
        </del>
      );
    case 'code':
      return <code>{node.text}</code>;
    case 'font':
      return (
        <span style={{ color: colour(node.color, card) }}>
          <Pieces nodes={node.children} />
        </span>
      );
    case 'at':
      return (
        <>
          {node.ids.map((id) => (
            <span key={id} class="mention">{`@${id === 'all' ? words.everyone : nameOf(client, id)} `}</span>
          ))}
        </>
      );
    case 'person':
      return <PersonChip id={node.id} name={node.name} avatar={node.avatar} capsule={node.capsule} />;
    case 'tag':
      return (
        <span class="text-tag" data-hue={node.color}>
          <Pieces nodes={node.children} />
        </span>
      );
    case 'number': {
      const style = { background: colour(node.background, card) ?? 'var(--grey)', color: colour(node.color, card) };
      const shown = Number(node.text) > 99 ? '99+' : node.text;
      const url = safeUrl(node.url);
      return url ? (
        <a class="number-tag" style={style} href={url} target="_blank" rel="noopener noreferrer">
          {shown}
        </a>
      ) : (
        <span class="number-tag" style={style}>
          {shown}
        </span>
      );
    }
    case 'link':
      return (
        <a class="md-link" href={node.url} target="_blank" rel="noopener noreferrer">
          {node.icon && <CardIcon icon={{ token: node.icon }} />}
          <Pieces nodes={node.children} />
        </a>
      );
    case 'time':
      return (
        <time>
          {Number.isFinite(node.milliseconds)
            ? localDatetime(node.milliseconds, client.offset, node.format, locale)
            : '—'}
        </time>
      );
    case 'image':
      return <img class="md-image" src={resourceUrl(node.key)} alt={node.alt} title={node.alt} />;
  }
}

function nameOf(client: ReturnType<typeof useClient>, id: string): string {
  return client.person(id)?.name ?? (id === client.bot.openId ? client.bot.name : id);
}
