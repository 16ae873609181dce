"""Which photos look alike?"""
