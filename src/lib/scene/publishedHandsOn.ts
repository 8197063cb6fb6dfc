/**
 * The ten rounds that TensorFlow Federated's tutorial on image classification printed when it was run in March 2020:
 * 10 clients, 5 epochs, batches of 20, client rate 0.02, server rate 1. Accuracy and loss are those of training, each
 * batch measured before its step. Source: docs/tutorials/federated_learning_for_image_classification.ipynb in the
 * repository tensorflow/federated, outputs of its cells.
 */
export const publishedHandsOn: readonly { accuracy: number; loss: number }[] = [
	{ accuracy: 0.1282, loss: 3.1129 },
	{ accuracy: 0.1366, loss: 3.0699 },
	{ accuracy: 0.1494, loss: 2.9672 },
	{ accuracy: 0.1786, loss: 2.7276 },
	{ accuracy: 0.2064, loss: 2.6017 },
	{ accuracy: 0.2101, loss: 2.5942 },
	{ accuracy: 0.2447, loss: 2.3705 },
	{ accuracy: 0.272, loss: 2.2257 },
	{ accuracy: 0.2864, loss: 2.2298 },
	{ accuracy: 0.3198, loss: 2.0716 }
];
