/** What the figures of one lesson page share: the site's digits and portraits, and one federation. */
import { PageFederation } from './PageFederation';
import { createSite, type Site } from './site';

export interface LessonWorkshop extends Pick<Site, 'hands' | 'store' | 'dataUrl'> {
	federation: PageFederation;
}

/** `base` is the path of the site, without a slash at its end; nothing is fetched yet. */
export function createLessonWorkshop(base: string): LessonWorkshop {
	const site = createSite(base);
	const federation = new PageFederation(() => {
		// Whoever has run a figure once can run it again without a connection.
		void site.registerOffline().then(site.keepDigits);
		return site.createHost();
	});
	return { federation, hands: site.hands, store: site.store, dataUrl: site.dataUrl };
}
