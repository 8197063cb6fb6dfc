// The kernels of the built-in models: one WebAssembly module.
export { crossEntropyGradient, crossEntropyOnly } from './crossEntropy';
export { weightedRows } from './weightedRows';
export { predict, train } from './network';
