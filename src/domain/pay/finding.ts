import type { Text } from '#domain/pay/text';

/** Something a scheme's owner should know. Only an `error` keeps a scheme from being used. */
export interface Finding {
  readonly code:
    | 'gap'
    | 'overlap'
    | 'jump'
    | 'unreachable'
    | 'circular'
    | 'unknown-clause'
    | 'duplicate'
    | 'less-for-more'
    | 'weights'
    | 'deadline'
    | 'legal'
    | 'example';
  readonly level: 'error' | 'warning' | 'info';
  readonly clause: string;
  readonly text: Text;
}
