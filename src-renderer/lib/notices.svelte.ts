import type { Fault } from '#contract/errors.ts';

/** Something that was done, and what may be done about it. */
export interface News {
  readonly text: string;
  readonly action?: { readonly label: string; readonly run: () => void };
}

/** Lines of news that stand in the window at once; the oldest makes room. */
const NEWS_SHOWN = 3;

/** What the trader has to know of: the newest fault, and the latest news. */
export class Notices {
  fault = $state.raw<Fault | null>(null);
  news = $state.raw<readonly News[]>([]);

  show(fault: Fault): void {
    // A lost app has its own banner, which stays until it is back.
    if (fault.code !== 'app-gone') this.fault = fault;
  }

  tell(news: News): void {
    // What can no longer be acted on makes room at once.
    const kept = this.news.filter(({ action }) => action);
    this.news = [...kept, news].slice(-NEWS_SHOWN);
  }

  dismiss(): void {
    this.fault = null;
  }

  dismissNews(news: News): void {
    this.news = this.news.filter((one) => one !== news);
  }
}
