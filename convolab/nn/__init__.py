"""The course's own network in plain NumPy: layers, loss, optimiser, training, LeNet."""

from convolab.nn.layers import Conv2D as Conv2D
from convolab.nn.layers import Dense as Dense
from convolab.nn.layers import Flatten as Flatten
from convolab.nn.layers import MaxPool2D as MaxPool2D
from convolab.nn.layers import ReLU as ReLU
from convolab.nn.model import Sequential as Sequential
from convolab.nn.optim import cosine as cosine
from convolab.nn.optim import steps as steps
from convolab.nn.train import confusion_matrix as confusion_matrix
from convolab.nn.train import error as error
from convolab.nn.train import train as train
from convolab.nn.zoo import lenet as lenet
from convolab.nn.zoo import small_cnn as small_cnn
