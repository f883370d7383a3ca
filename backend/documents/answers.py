"""A filled form as an answer: a file for the one person who asked, kept nowhere on its way."""

from flask import Response

from backend.infrastructure.headers import attachment

from .service import Document, pdf


def private_pdf(document: Document) -> Response:
    """The form's PDF, named by its title and document number."""
    headers = {
        "Cache-Control": "no-store",
        "Content-Disposition": attachment(f"{document.form.title}-{document.values['case_no']}.pdf"),
    }
    return Response(pdf(document), content_type="application/pdf", headers=headers)
