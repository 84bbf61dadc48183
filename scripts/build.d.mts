/** See `build.mjs`, which runs before anything is translated. */
export function buildProgram(more?: Record<string, string>, builds?: string): string;
