import type { z } from 'zod';

type Issue = z.core.$ZodIssue;

const typeNames: Record<string, string> = {
  string: '文字',
  number: '数字',
  int: '整数',
  boolean: 'true 或 false',
  object: '对象 {…}',
  array: '列表 […]',
};

/** One readable line for each mistake: where it is, and what is expected there. */
export function describeIssues(issues: readonly Issue[], at: readonly PropertyKey[] = []): string[] {
  return issues.flatMap((issue) => {
    const path = [...at, ...issue.path];
    if (issue.code === 'invalid_union' && issue.errors.length > 0) return describeIssues(nearest(issue.errors), path);
    return [`${path.map(String).join('.') || '(整份文件)'}：${message(issue)}`];
  });
}

/** The branch that understood most of the input: one that failed on its content rather than on its type. */
function nearest(branches: readonly (readonly Issue[])[]): readonly Issue[] {
  const [first = [], ...others] = branches;
  return others.reduce((best, branch) => (worth(branch) > worth(best) ? branch : best), first);
}

function worth(issues: readonly Issue[]): number {
  return Math.max(
    ...issues.map((issue) => {
      const depth = issue.path.length > 0 ? 2 : 0;
      if (issue.code === 'invalid_union' && issue.errors.length > 0) return depth + worth(nearest(issue.errors));
      const isType = issue.code === 'invalid_type' && issue.message.startsWith('Invalid input');
      // of two branches that both wanted something else, the plain value is what people write
      return depth + (isType ? (issue.expected === 'object' ? -1 : 0) : 1);
    }),
  );
}

function message(issue: Issue): string {
  if (issue.code === 'unrecognized_keys') return `不认识 ${issue.keys.join('、')}`;
  if (issue.code === 'invalid_type' && issue.input === undefined && issue.message.endsWith('received undefined')) {
    return '缺少';
  }
  if (issue.code === 'invalid_type' && issue.message.startsWith('Invalid input')) {
    return `应为${typeNames[issue.expected] ?? issue.expected}`;
  }
  if (issue.code === 'invalid_value') return `只能是 ${issue.values.map(String).join('、')}`;
  return issue.message;
}
