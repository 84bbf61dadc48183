import type { Notices } from '#domain/calendar/notice';
import { notice2024 } from '#domain/calendar/notices/2024';
import { notice2025 } from '#domain/calendar/notices/2025';
import { notice2026 } from '#domain/calendar/notices/2026';

/** The notices that this version ships with; later years are entered by an administrator and put in front of these. */
export const knownNotices: Notices = [notice2024, notice2025, notice2026];
