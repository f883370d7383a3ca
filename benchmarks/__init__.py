"""What the README quotes, measured as ratios within one run: `python -m benchmarks [scan complaint badges import]`.

Load comes from this process, so on two cores a client and a server share the machine; figures are for comparing, not for boasting.
Processor time per request is read from the kernel and does not depend on the client; requests a second are the cross-check.
"""
