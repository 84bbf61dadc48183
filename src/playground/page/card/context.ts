import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Click, ClickOutcome, Person } from '#playground/page-api';
import { type Locale, useLocale } from '../state/locale.ts';
import type { Card } from './types.ts';

/** What a card needs to know of the client it is drawn in. */
export interface CardClient {
  person(openId: string): Person | undefined;
  bot: { openId: string; name: string };
  /** Candidates of a person picker that names none: the people of the chat. */
  members: string[];
  /** Minutes east of UTC of the client. */
  offset: number;
  /** ISO 8601. */
  now: string;
  click(action: Click['action']): Promise<ClickOutcome | undefined>;
  /** Tells something to the person as the client itself. */
  notice(type: 'info' | 'success' | 'warning' | 'error', text: string): void;
}

export const ClientContext = createContext<CardClient>(undefined as unknown as CardClient);
export const useClient = (): CardClient => useContext(ClientContext);

/** The card being drawn, for the sizes and colours that its `config.style` names. */
export const CardContext = createContext<Card>({});
export const useCard = (): Card => useContext(CardContext);

/** The reader's language, unless the card names the only ones that it has. */
export function useCardLocale(): Locale {
  const locale = useLocale();
  const { locales } = useCard().config ?? {};
  return locales && locales.length > 0 && !locales.includes(locale) ? (locales[0] as Locale) : locale;
}
