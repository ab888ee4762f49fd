/** The data for the comment on a pull request, and for an issue. */

export interface CommentPlace {
  /** The URL of the run's summary. */
  readonly url: string | undefined;
  /** The head commit of the pull request. */
  readonly commit: string | undefined;
}

export interface CommentText {
  /** Whether `on-failure` comments on this run, enforced or not. */
  readonly isFailing: boolean;
  /** Renders the comment with a limit in bytes. */
  readonly render: (place: CommentPlace, limitBytes: number) => string;
}

/** The data for an issue that is kept up to date. */
export interface IssueText extends CommentText {
  /** Renders a comment on an existing issue, which GitHub notifies people of; undefined if there is nothing new. */
  readonly news: (place: CommentPlace, limitBytes: number) => string | undefined;
}
