"""Write coded reports in the formats of others: tables, data sets' layouts, annotation formats."""

from according.export.formats import EXPORTS, Export, export_coded

__all__ = ["EXPORTS", "Export", "export_coded"]
