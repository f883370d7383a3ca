"""Who may do what: roles, actors, actions and the one policy table. Pure data and decisions, standard library only."""
