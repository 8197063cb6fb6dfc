/** Runs once before all unit tests: they read the kernels as the build leaves them. */
import { compileKernels } from '../src/build/compileKernels';

export default () => compileKernels({ log: () => {} });
