import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** What takes a minute or two of a core by itself: begun last it would keep one core busy while the other waits. */
const LONG = /\/test\/(simulation\/seeds|trust\/parser|browser\/product)/;

/** The order of vitest, but for these within their project: a new clone has no record of what took long. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const projects = [...new Set(sorted.map(({ project }) => project.name))];
    return projects.flatMap((name) => {
      const own = sorted.filter(({ project }) => project.name === name);
      const isLong = ({ moduleId }: TestSpecification) => LONG.test(moduleId);
      return [...own.filter(isLong), ...own.filter((file) => !isLong(file))];
    });
  }
}
