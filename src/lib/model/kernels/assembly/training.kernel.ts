// The kernels of the built-in models: one WebAssembly module.
export { crossEntropyGradient, crossEntropyOnly } from './crossEntropy';
