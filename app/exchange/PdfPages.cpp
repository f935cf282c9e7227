// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/PdfPages.h"

#include <QAbstractTextDocumentLayout>
#include <QPageSize>
#include <QPainter>
#include <QPdfWriter>
#include <QTextDocument>
#include <QTextOption>

namespace octotrail::exchange {

using namespace Qt::StringLiterals;

namespace {

constexpr int dotsPerInch = 300;
constexpr qreal marginMillimetres = 20;
constexpr qreal footMillimetres = 8; ///< for the page's number
constexpr qreal gapMillimetres = 4; ///< between pieces
constexpr std::size_t mostWaiting = 64; ///< pieces that are not painted yet

constexpr qreal dots(qreal millimetres)
{
    return millimetres / 25.4 * dotsPerInch;
}

/// The PDF, in the thread that paints it.
class Painting
{
public:
    Painting(QIODevice &device, const QString &title, const QString &styleSheet);
    ~Painting();

    void add(const QString &html);

private:
    void beginPage();
    void paintNumber();

    QPdfWriter m_writer;
    QPainter m_painter;
    QString m_styleSheet;
    QRectF m_area; ///< that pieces may take, from the page's margins
    qreal m_top = 0; ///< where the next piece goes
    int m_page = 1;
};

Painting::Painting(QIODevice &device, const QString &title, const QString &styleSheet)
    : m_writer(&device)
    , m_styleSheet(styleSheet)
{
    m_writer.setResolution(dotsPerInch);
    m_writer.setCreator(u"Octotrail " OCTOTRAIL_VERSION ""_s);
    m_writer.setTitle(title);
    m_writer.setPageSize(QPageSize(QPageSize::A4));
    m_writer.setPageMargins({marginMillimetres, marginMillimetres, marginMillimetres, marginMillimetres});
    m_area = QRectF(0, 0, m_writer.width(), m_writer.height() - dots(footMillimetres));
    m_painter.begin(&m_writer);
}

Painting::~Painting()
{
    paintNumber();
    m_painter.end();
}

void Painting::add(const QString &html)
{
    QTextOption wrapping;
    wrapping.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    QTextDocument piece;
    piece.documentLayout()->setPaintDevice(&m_writer);
    piece.setDocumentMargin(0);
    piece.setDefaultStyleSheet(m_styleSheet);
    piece.setDefaultTextOption(wrapping);
    piece.setHtml(html);
    piece.setTextWidth(m_area.width());
    const qreal height = piece.size().height();
    const qreal gap = m_top > 0 ? dots(gapMillimetres) : 0;
    if (m_top > 0 && m_top + gap + height > m_area.height()) {
        beginPage();
    } else if (m_top > 0) {
        m_painter.setPen(QPen(Qt::gray, 2));
        m_painter.drawLine(QPointF(0, m_top + gap / 2), QPointF(m_area.width(), m_top + gap / 2));
        m_top += gap;
    }
    if (height <= m_area.height()) {
        m_painter.save();
        m_painter.translate(0, m_top);
        piece.drawContents(&m_painter);
        m_painter.restore();
        m_top += height;
        return;
    }
    // Laid out by pages, no line is cut.
    piece.setPageSize(m_area.size());
    for (int part = 0; part < piece.pageCount(); ++part) {
        if (part > 0) {
            beginPage();
        }
        m_painter.save();
        m_painter.translate(0, -part * m_area.height());
        piece.drawContents(&m_painter, m_area.translated(0, part * m_area.height()));
        m_painter.restore();
    }
    m_top = m_area.height();
}

void Painting::beginPage()
{
    paintNumber();
    m_writer.newPage();
    ++m_page;
    m_top = 0;
}

void Painting::paintNumber()
{
    QTextDocument number;
    number.documentLayout()->setPaintDevice(&m_writer);
    number.setDocumentMargin(0);
    number.setDefaultStyleSheet(m_styleSheet);
    number.setHtml(u"<body><p align=\"right\" class=\"muted\">%1</p></body>"_s.arg(m_page));
    number.setTextWidth(m_area.width());
    m_painter.save();
    m_painter.translate(0, m_writer.height() - number.size().height());
    number.drawContents(&m_painter);
    m_painter.restore();
}

} // namespace

PdfPages::PdfPages(QIODevice &device, const QString &title, const QString &styleSheet)
    : m_painting([this, &device, title, styleSheet] {
        Painting painting(device, title, styleSheet);
        while (const auto html = next()) {
            painting.add(*html);
        }
    })
{ }

PdfPages::~PdfPages()
{
    {
        const std::lock_guard lock(m_mutex);
        m_isComplete = true;
    }
    m_changed.notify_all();
    m_painting.join();
}

void PdfPages::add(QString html)
{
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [this] { return m_waiting.size() < mostWaiting; });
    m_waiting.push_back(std::move(html));
    m_changed.notify_all();
}

std::optional<QString> PdfPages::next()
{
    std::unique_lock lock(m_mutex);
    m_changed.wait(lock, [this] { return m_isComplete || !m_waiting.empty(); });
    if (m_waiting.empty()) {
        return std::nullopt;
    }
    QString html = std::move(m_waiting.front());
    m_waiting.pop_front();
    m_changed.notify_all();
    return html;
}

} // namespace octotrail::exchange
