// The kernels of the built-in models: one WebAssembly module.
export { crossEntropyGradient, crossEntropyOnly } from './crossEntropy';
export { keepLists } from './ink';
export { predict, predictKept, train } from './network';
export { moveRows } from './rows';
export { weightedRows } from './weightedRows';
export { rows1, rows2, rows3, rows4, rows8 } from './weightedRows';
