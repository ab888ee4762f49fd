/** What the code that comments on a pull request is handed. */

export interface CommentPlace {
  /** Where the run's summary is. */
  readonly url: string | undefined;
  /** The commit that the pull request ends with. */
  readonly commit: string | undefined;
}

export interface CommentText {
  /** Whether `on-failure` comments on this run, enforced or not. */
  readonly isFailing: boolean;
  /** Renders the comment in at most so many bytes. */
  readonly render: (place: CommentPlace, limitBytes: number) => string;
}
