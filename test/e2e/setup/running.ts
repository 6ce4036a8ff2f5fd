/** What `start` began and `stop` ends. Both run in the same process. */
export const running: (() => Promise<void>)[] = [];
