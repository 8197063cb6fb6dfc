"""Gradient steps in PyTorch and numpy, on one thread, for `npm run bench`.

Prints one line of JSON with the versions that are present, then answers every line of JSON on standard input,
{"framework", "model", "batchSize", "numSteps"}, with {"ms"}: milliseconds a step.
"""

import json
import sys
import time

try:
    import numpy
except ImportError:
    numpy = None
try:
    import torch

    torch.set_num_threads(1)
except ImportError:
    torch = None

RATE = 0.1
NUM_WARMUPS = 3


def torch_model(name):
    nn = torch.nn
    if name == "softmax":
        return nn.Sequential(nn.Flatten(), nn.Linear(784, 10))
    if name == "2nn":
        return nn.Sequential(
            nn.Flatten(), nn.Linear(784, 200), nn.ReLU(), nn.Linear(200, 200), nn.ReLU(), nn.Linear(200, 10)
        )
    first, second = (16, 32) if name == "cnn-small" else (32, 64)
    body = [
        nn.Conv2d(1, first, 5, padding=2), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(first, second, 5, padding=2), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(),
    ]
    if name == "cnn-small":
        return nn.Sequential(*body, nn.Linear(second * 49, 10))
    return nn.Sequential(*body, nn.Linear(second * 49, 512), nn.ReLU(), nn.Linear(512, 10))


def torch_step(name, batch_size):
    torch.manual_seed(7)
    model = torch_model(name)
    images = torch.rand(batch_size, 1, 28, 28)
    labels = torch.randint(0, 10, (batch_size,))
    optimizer = torch.optim.SGD(model.parameters(), lr=RATE)
    loss = torch.nn.CrossEntropyLoss()

    def step():
        optimizer.zero_grad()
        loss(model(images), labels).backward()
        optimizer.step()

    return step


def numpy_step(name, batch_size):
    """Dense models only: forward, backward and update written out in float32."""
    widths = [784, 10] if name == "softmax" else [784, 200, 200, 10]
    random = numpy.random.default_rng(7)
    kernels = [
        (random.standard_normal((a, b)) * (2 / (a + b)) ** 0.5).astype(numpy.float32) for a, b in zip(widths, widths[1:])
    ]
    biases = [numpy.zeros(b, numpy.float32) for b in widths[1:]]
    images = random.random((batch_size, 784), numpy.float32)
    targets = numpy.eye(10, dtype=numpy.float32)[random.integers(0, 10, batch_size)]
    rate = numpy.float32(RATE)

    def step():
        inputs = [images]
        for i, (kernel, bias) in enumerate(zip(kernels, biases)):
            sums = inputs[-1] @ kernel + bias
            inputs.append(numpy.maximum(sums, 0) if i < len(kernels) - 1 else sums)
        logits = inputs.pop()
        exponentials = numpy.exp(logits - logits.max(1, keepdims=True))
        gradient = (exponentials / exponentials.sum(1, keepdims=True) - targets) / numpy.float32(batch_size)
        for i in reversed(range(len(kernels))):
            kernel_gradient = inputs[i].T @ gradient
            bias_gradient = gradient.sum(0)
            if i > 0:
                gradient = (gradient @ kernels[i].T) * (inputs[i] > 0)
            kernels[i] -= rate * kernel_gradient
            biases[i] -= rate * bias_gradient

    return step


def main():
    versions = {"torch": torch and str(torch.__version__), "numpy": numpy and str(numpy.__version__)}
    print(json.dumps(versions), flush=True)
    steps = {}
    for line in sys.stdin:
        request = json.loads(line)
        key = (request["framework"], request["model"], request["batchSize"])
        if key not in steps:
            create = torch_step if key[0] == "torch" else numpy_step
            steps[key] = create(key[1], key[2])
            for _ in range(NUM_WARMUPS):
                steps[key]()
        started = time.perf_counter()
        for _ in range(request["numSteps"]):
            steps[key]()
        seconds = time.perf_counter() - started
        print(json.dumps({"ms": 1000 * seconds / request["numSteps"]}), flush=True)


main()
