"""V2's net, loss and training in PyTorch, on random trades: what the project's own rate is held to.

train_v2.py THREADS ROWS EPOCHS, without PyTorch: exit code 3. Prints the samples/s of each epoch as
a JSON list.
"""

import json
import sys
import time

try:
    import torch
except ImportError:
    sys.exit(3)
from torch.nn.functional import binary_cross_entropy_with_logits, huber_loss

threads, rows, epochs = map(int, sys.argv[1:])
INPUTS, SIZES, BATCH = 128 * 5 + 1, 30, 512

torch.set_num_threads(threads)
torch.manual_seed(1)
inputs = torch.randn(rows, INPUTS)
feasible = torch.randint(15, SIZES + 1, (rows, 1))
survivors = (torch.rand(rows, 1) * (feasible + 1)).long()
sizes = torch.arange(SIZES)
weights = (sizes < feasible).float()
liquidated = ((sizes >= survivors) & (sizes < feasible)).float()
returns = 0.1 * torch.randn(rows, SIZES) * weights

net = torch.nn.Sequential(
    torch.nn.Linear(INPUTS, 128),
    torch.nn.ReLU(),
    torch.nn.Linear(128, 64),
    torch.nn.ReLU(),
    torch.nn.Linear(64, 2 * SIZES),
)
optimiser = torch.optim.AdamW(net.parameters(), lr=1e-3, weight_decay=0.01)
steps = -(-rows // BATCH)
schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, 1e-3, total_steps=steps * epochs)


def loss_of(batch):
    """BCE, five times where liquidated, and Huber, over the sizes that margin allows."""
    outputs = net(inputs[batch])
    logits, expected = outputs[:, :SIZES], outputs[:, SIZES:]
    weight, hit = weights[batch], liquidated[batch]
    entropy = binary_cross_entropy_with_logits(
        logits, hit, weight=weight * (1 + 4 * hit), reduction="sum"
    )
    huber = huber_loss(expected * weight, returns[batch], delta=0.1, reduction="sum")
    return (entropy + huber) / weight.sum()


rates = []
for epoch in range(epochs):
    start = time.perf_counter()
    for batch in torch.randperm(rows).split(BATCH):
        optimiser.zero_grad()
        loss = loss_of(batch)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimiser.step()
        schedule.step()
    rates.append(rows / (time.perf_counter() - start))
print(json.dumps(rates))
