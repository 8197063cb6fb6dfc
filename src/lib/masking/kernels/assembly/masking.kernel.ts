// What secure aggregation computes most: one WebAssembly module with memory of its own.
export { addStream, KEY, TARGET, TARGET_WORDS } from './chacha20';
export { multiplyPoints, POINTS, SCALARS } from './x25519';
