"""The engine beside the tutorials of TensorFlow and PyTorch: seconds, memory, time to a loss.

python -m stylegraph_export.bench --model savedmodels/vgg19-random --content a.png --style b.png

Every contender paints the same pixels with the same weights and the same losses (tf-eager's), in a
process of its own, in turns with the others.
"""
