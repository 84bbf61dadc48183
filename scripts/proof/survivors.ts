/** Mutants that survive because they change nothing that anybody could see; matched by file, part of the line and of the replacement. */
export const why: readonly { file: string; line: string; to?: string; because: string }[] = [];
