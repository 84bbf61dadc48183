import { Avatar } from '../shell/avatar.tsx';
import { useWords } from '../state/locale.ts';
import { useClient } from './context.ts';
import { CardIcon } from './icons.tsx';
import type { Element, Icon } from './types.ts';

const sizes: Record<string, number> = { extra_small: 20, small: 24, medium: 32, large: 40 };

/** One person, as a name with a round avatar. */
export function PersonChip(props: { id: string; name: boolean; avatar: boolean; capsule?: boolean; size?: string }) {
  const client = useClient();
  const words = useWords();
  const known = client.person(props.id);
  const isBot = props.id === client.bot.openId;
  const name = known?.name ?? (isBot ? client.bot.name : words.unknownPerson);
  return (
    <span class={`person-chip${props.capsule ? ' capsule' : ''}`} title={known ? `${name} · ${known.title}` : props.id}>
      {props.avatar && (
        <Avatar name={name} colour={known?.avatarColor} size={sizes[props.size ?? 'extra_small'] ?? 20} bot={isBot} />
      )}
      {props.name && <span>{name}</span>}
    </span>
  );
}

/** The `person` component. */
export function PersonElement({ element }: { element: Element }) {
  return (
    <PersonChip
      id={String(element.user_id ?? '')}
      name={element.show_name === true}
      avatar={element.show_avatar !== false}
      capsule={element.style === 'capsule'}
      size={String(element.size ?? 'medium')}
    />
  );
}

/** The `person_list` component. */
export function PersonListElement({ element }: { element: Element }) {
  const persons = Array.isArray(element.persons) ? (element.persons as { id?: string }[]) : [];
  const lines = typeof element.lines === 'number' ? element.lines : undefined;
  const size = String(element.size ?? 'medium');
  // As many rows as asked for; a row is as high as an avatar and the gap below it.
  const height = lines ? `${lines * (Math.max(sizes[size] ?? 32, 22) + 6) - 6}px` : undefined;
  return (
    <div class="person-list" style={height ? { maxHeight: height, overflow: 'hidden' } : {}}>
      <CardIcon icon={element.icon as Icon | undefined} />
      {persons.map(({ id }, index) => (
        <PersonChip
          key={`${id}${index}`}
          id={String(id ?? '')}
          name={element.show_name !== false}
          avatar={element.show_avatar === true}
          size={size}
        />
      ))}
    </div>
  );
}
