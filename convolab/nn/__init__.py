"""The course's own network in plain NumPy: layers, loss, optimiser, training, LeNet.

By the end of lesson 08 you have written nearly all of this yourself. Two things are different, and
only for speed: how the arrays are laid out in memory, and how a convolution is worked out. This
page shows both on ten numbers. After it, read layers.py, convolution.py, losses.py, model.py,
optim.py and train.py, in this order.

    in lessons 07 and 08                      here
    conv_forward, conv_backward               Conv2D            convolution.py
    pool_forward, max_pool_backward           MaxPool2D         layers.py
    relu, relu_backward                       ReLU              layers.py
    leaky_relu, leaky_relu_backward           LeakyReLU         layers.py (lesson 09)
    flatten, grad.reshape(pooled.shape)       Flatten           layers.py
    dense, dense_backward                     Dense             layers.py
    softmax_cross_entropy_backward            the same, and the loss with it      losses.py
    random_parameters, small_gradients        Sequential        model.py
    picture_slopes                            Sequential.input_gradient         (lesson 11)
    sgd_step                                  SGD.step          optim.py
    train                                     train             train.py
    the layers of LeNet                       lenet             architectures.py


The layout
----------
The lessons keep a batch as (N, C, H, W): sample, channel, row, column. That is channels first, one
sample after the other, and it is also what every public function here takes and returns. On its
way through the layers a batch is kept as (H, C, W, N): row, channel, column, sample. A dense
layer's input is (N, units) in the lessons and (units, N) between the layers. `Sequential`
transposes a batch once when it comes in. Nothing else is transposed: the parameters have the
lessons' names and shapes, such as (D, C, R, R) for D kernels of R×R.

The same ten numbers both ways: two pictures with one channel, one row and five columns. In the
lessons' layout the first picture is 1 2 3 4 5, and the second follows it:

>>> import numpy as np
>>> from convolab import nn, ops
>>> x = np.array([1.0, 2, 3, 4, 5, 6, 7, 8, 9, 0]).reshape(2, 1, 1, 5)  # (N, C, H, W)
>>> print(x.ravel())
[1. 2. 3. 4. 5. 6. 7. 8. 9. 0.]

In the layout of the layers the first pixel of both pictures comes first, then the second pixel of
both. An index is the same four numbers in another order:

>>> inside = x.transpose(2, 1, 3, 0).copy()  # (H, C, W, N)
>>> print(inside.ravel())
[1. 6. 2. 7. 3. 8. 4. 9. 5. 0.]
>>> print(x[1, 0, 0, 2], inside[0, 0, 2, 1])  # sample 1, channel 0, row 0, column 2
8.0 8.0

Now one kernel of 3×3 with padding 1. Its middle row is 100, 10, 1, so that each result shows which
three numbers it was made from. The other two rows meet nothing but padding. This is lesson 07's
function:

>>> w, b = np.zeros((1, 1, 3, 3)), np.zeros(1)
>>> w[0, 0, 1] = 100, 10, 1
>>> print(ops.conv_forward(x, w, b, padding=1).ravel())
[ 12. 123. 234. 345. 450.  67. 678. 789. 890. 900.]

And this is the layer. The same ten results, again pixel by pixel:

>>> layer = nn.Conv2D(1, 3, padding=1)
>>> layer.build((1, 1, 5))
(1, 1, 5)
>>> layer.w, layer.b = w, b
>>> print(layer.forward(inside).ravel())
[ 12.  67. 123. 678. 234. 789. 345. 890. 450. 900.]


Why it is faster
----------------
Lesson 08 moves the window from place to place, which makes many small sums. They could be done in a
single matrix product, but for that every patch would have to be copied out: up to nine windows of
3×3 cover a pixel, so it would be copied nine times.

With the samples innermost, moving the window by one column means moving by N numbers in memory.
Take the row of our two pictures with its padding. What the three columns of the kernel meet as the
window slides along are three stretches of that row, each starting N = 2 numbers later:

>>> row = np.pad(inside[0, 0], ((1, 1), (0, 0))).ravel()
>>> print(row)
[0. 0. 1. 6. 2. 7. 3. 8. 4. 9. 5. 0. 0. 0.]
>>> patches = np.array([row[0:10], row[2:12], row[4:14]])
>>> print(patches)
[[0. 0. 1. 6. 2. 7. 3. 8. 4. 9.]
 [1. 6. 2. 7. 3. 8. 4. 9. 5. 0.]
 [2. 7. 3. 8. 4. 9. 5. 0. 0. 0.]]

Each column of this matrix is the patch of one place in one sample. One matrix product makes all
ten results, in the layout that the next layer takes:

>>> print(np.array([100, 10, 1]) @ patches)
[ 12.  67. 123. 678. 234. 789. 345. 890. 450. 900.]

On the way back, the same matrix gives the gradient of the kernel. As in lesson 08, each weight adds
up, over all places and samples, `grad` times the number it met there. Let `grad` be 1 everywhere:

>>> print(patches @ np.ones(10))
[40. 45. 38.]

So a kernel of R×R needs R long copies instead of R·R short ones, and `np.matmul` then works out
all rows of the output in one call. convolution.py says how it gets from one row to many without
copying again. ReLU and pooling gain too: they do the same thing to the same pixel of every sample,
and those are now neighbours in memory. benchmarks/lenet.py compares the speed with PyTorch's.


Smaller differences
-------------------
- The numbers are float32, not float64: half as many bytes to move.
- `sgd_step` returned new dictionaries. Here, as in PyTorch, the parameters change in place, and a
  way back adds to the gradients: `zero_grad` sets them to 0 before the next batch.
- Layers write their results to the same arrays again for every batch (`Layer._buffer`).
- Three things are new: weight decay and schedules of the learning rate (optim.py), and pictures
  that are moved by a few pixels each time they are used (train.py).
"""

from convolab.nn.architectures import lenet as lenet
from convolab.nn.architectures import small_cnn as small_cnn
from convolab.nn.convolution import Conv2D as Conv2D
from convolab.nn.layers import Dense as Dense
from convolab.nn.layers import Flatten as Flatten
from convolab.nn.layers import LeakyReLU as LeakyReLU
from convolab.nn.layers import MaxPool2D as MaxPool2D
from convolab.nn.layers import ReLU as ReLU
from convolab.nn.model import Sequential as Sequential
from convolab.nn.optim import SGD as SGD
from convolab.nn.optim import cosine_decay as cosine_decay
from convolab.nn.optim import step_decay as step_decay
from convolab.nn.train import confusion_matrix as confusion_matrix
from convolab.nn.train import error_rate as error_rate
from convolab.nn.train import train as train
