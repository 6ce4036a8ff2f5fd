import { onWake } from './wake';

class Page extends EventTarget {
  readonly document = Object.assign(new EventTarget(), { visibilityState: 'visible' });
}

describe('a page that wakes', () => {
  it('is noticed when it is shown, when it comes out of the cache and when its network changes, until it is let go', () => {
    const page = new Page();
    const wake = jest.fn();
    const stop = onWake(wake, page);
    for (const event of ['online', 'offline', 'pageshow']) page.dispatchEvent(new Event(event));
    page.document.dispatchEvent(new Event('visibilitychange'));
    expect(wake).toHaveBeenCalledTimes(4);
    page.document.visibilityState = 'hidden';
    page.document.dispatchEvent(new Event('visibilitychange'));
    stop();
    page.document.visibilityState = 'visible';
    page.dispatchEvent(new Event('online'));
    page.document.dispatchEvent(new Event('visibilitychange'));
    expect(wake).toHaveBeenCalledTimes(4);
  });

  it('is not waited for where there is no page', () => {
    expect(() => onWake(() => undefined, {})()).not.toThrow();
  });
});
