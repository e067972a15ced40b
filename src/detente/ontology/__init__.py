"""PLOVER and CAMEO as tables: types, modes, contexts, scores, quad classes and the crosswalk."""

from detente.ontology.tables import Ontology, load_ontology

__all__ = ["Ontology", "load_ontology"]
