// Draws the embeddings of each class towards their centre, with nothing but the losses and TorchSharp.
using Mingling.MetricLearning;
using Mingling.MetricLearning.Losses;
using TorchSharp;
using static TorchSharp.torch;

TorchRuntime.Load(); // Once, before anything else.
random.manual_seed(1);

const int classes = 4, dimension = 16, batch = 32;
using var labels = arange(batch) % classes;
using var embeddings = nn.Parameter(randn(batch, dimension));
using var center = new CenterLoss(classes, dimension);
using var descent = optim.SGD([embeddings], learningRate: 1);

float first = Step(), last = first;
for (int step = 0; step < 20; step++) last = Step();
Console.WriteLine($"center loss {first:0.000} → {last:0.000}");
return last < first ? 0 : 1;

float Step()
{
    using var scope = NewDisposeScope();
    descent.zero_grad();
    var loss = center.forward(embeddings, labels);
    loss.backward();
    descent.step();
    return loss.item<float>();
}
