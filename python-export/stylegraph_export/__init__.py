"""Stylegraph's export tools: they prepare the models and pictures that the engine works on."""
