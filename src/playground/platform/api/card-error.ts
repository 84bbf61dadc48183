import { ApiError } from '#playground/platform/api/errors';
import type { CardProblem } from '#playground/platform/card-rules';

/** 230025 for a card that is too large, else 230099 with the sub-code and words of the first problem, and the others behind them for the developer. */
export function cardError(problems: readonly CardProblem[]): ApiError {
  const [first, ...others] = problems;
  if (first?.code === 230025)
    return new ApiError(230025, `The length of the message content reaches its limit, ext=${first.message}`);
  const more = others.slice(0, 4).map((problem) => problem.message);
  return new ApiError(
    230099,
    `Failed to create card content, ext=ErrCode: ${first?.errCode}; ErrMsg: ${first?.message}; ErrorValue: ${more.join(' | ')};`,
  );
}
