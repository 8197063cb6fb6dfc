/**
 * TensorFlow.js as cells have it: core and layers in one object. The layers bring all gradients with them; chained
 * operations are registered by whoever starts a kernel, because Node and browsers find them in different files.
 */
import * as core from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';

export const tensorflow: object = { ...core, ...layers };
