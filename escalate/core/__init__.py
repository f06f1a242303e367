"""The rules, pure: policy, counting, events, a case, its deadlines and duties, its forms. Standard library only."""
