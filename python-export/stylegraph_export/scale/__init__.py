"""Simulates a batch on a cluster: makespan, efficiency and cost before one is paid for."""
