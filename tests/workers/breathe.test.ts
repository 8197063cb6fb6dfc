import { expect, it } from 'vitest';
import { breathe } from '../../src/lib/workers/breathe';

it('lets a message in while work goes on', async () => {
	const { port1, port2 } = new MessageChannel();
	let heard = '';
	port1.onmessage = ({ data }) => {
		heard = data as string;
		port1.close();
	};
	port2.postMessage('hello');
	// Far longer than messages may wait; without a macrotask in between nothing would ever be heard.
	for (let i = 0; heard === '' && i < 1e6; i++) await breathe();
	expect(heard).toBe('hello');
});
