import { Glyph } from '../card/icons.tsx';

/** The round picture of somebody: the last two characters of a Chinese name, initials of a Latin one, the first two of a group, a robot for the bot. */
export function Avatar(props: { name: string; colour?: string; size?: number; bot?: boolean; group?: boolean }) {
  const size = props.size ?? 36;
  const style = {
    width: `${size}px`,
    height: `${size}px`,
    fontSize: `${Math.max(10, Math.round(size * (size < 28 ? 0.42 : 0.36)))}px`,
    background: props.bot ? 'linear-gradient(135deg, #3a7bff, #1450d8)' : (props.colour ?? 'var(--grey-600)'),
  };
  return (
    <span class={`avatar${props.group ? ' group' : ''}`} style={style} aria-hidden="true">
      {props.bot ? <Glyph name="robot" size="64%" /> : initials(props.name, size, props.group)}
    </span>
  );
}

function initials(name: string, size: number, group = false): string {
  const clean = name.trim();
  if (/\p{Script=Han}/u.test(clean)) {
    const letters = [...clean.replace(/[^\p{Script=Han}]/gu, '')];
    const count = size < 24 ? 1 : 2;
    return (group ? letters.slice(0, count) : letters.slice(-count)).join('');
  }
  return clean
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => word[0]?.toUpperCase() ?? '')
    .join('');
}
