// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/editor/CodeEdit.h"

#include "ui/editor/CodeLexers.h"
#include "ui/editor/CompletionPopup.h"
#include "ui/style/Fonts.h"
#include "ui/style/Icons.h"
#include "ui/style/Metrics.h"
#include "ui/style/Tones.h"
#include "ui/widgets/PlainText.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QToolButton>
#include <QVBoxLayout>
#include <QtMath>
#include <algorithm>

// After the others: its headers have Qt's keywords.
#include <Qsci/qsciscintilla.h>

namespace octotrail::ui {

namespace {

enum Margin { NumberMargin = 0, MarkMargin = 1, FoldMargin = 2 };
enum Marker { ErrorMarker = 1, HintMarker = 2 };
enum Indicator { ErrorIndicator = 8, HintIndicator = 9 };

} // namespace

CodeEdit::CodeEdit(RuleLanguage language, QWidget *parent)
    : QWidget(parent)
    , m_language(language)
    , m_code(new QsciScintilla(this))
    , m_lexers(std::make_unique<CodeLexers>(m_code))
    , m_popup(new CompletionPopup(this))
    , m_finding(new QWidget(this))
    , m_needle(new QLineEdit(m_finding))
    , m_notFound(new QLabel(m_finding))
{
    m_code->setUtf8(true);
    m_code->setEolMode(QsciScintilla::EolUnix);
    m_code->setFrameShape(QFrame::NoFrame);
    m_code->setIndentationsUseTabs(false);
    m_code->setAutoIndent(true);
    m_code->setBackspaceUnindents(true);
    m_code->setTabIndents(true);
    m_code->setBraceMatching(QsciScintilla::SloppyBraceMatch);
    m_code->setIndentationGuides(true);
    m_code->setScrollWidth(1);
    m_code->setScrollWidthTracking(true);
    m_code->setMarginType(NumberMargin, QsciScintilla::NumberMargin);
    m_code->setMarginType(MarkMargin, QsciScintilla::SymbolMargin);
    m_code->setMarginMarkerMask(MarkMargin, (1 << ErrorMarker) | (1 << HintMarker));
    m_code->setMarginWidth(MarkMargin, metrics::IconSize);
    m_code->setFolding(QsciScintilla::PlainFoldStyle, FoldMargin);
    m_code->indicatorDefine(QsciScintilla::SquiggleIndicator, ErrorIndicator);
    m_code->indicatorDefine(QsciScintilla::SquiggleIndicator, HintIndicator);
    m_code->SendScintilla(QsciScintilla::SCI_SETMOUSEDWELLTIME, 400);
    m_code->installEventFilter(this);
    setFocusProxy(m_code);

    m_needle->setPlaceholderText(tr("Find"));
    m_needle->setAccessibleName(tr("Find in the text"));
    m_needle->installEventFilter(this);
    m_notFound->setTextFormat(Qt::PlainText);
    auto *row = new QHBoxLayout(m_finding);
    row->setContentsMargins(metrics::Unit, metrics::HalfUnit, metrics::Unit, metrics::HalfUnit);
    row->addWidget(m_needle, 1);
    row->addWidget(m_notFound);
    const auto addButton = [&](QStringView name, const QString &what, auto then) {
        auto *button = new QToolButton(m_finding);
        button->setIcon(icon(name));
        button->setAutoRaise(true);
        button->setToolTip(what);
        button->setAccessibleName(what);
        connect(button, &QToolButton::clicked, this, then);
        row->addWidget(button);
    };
    addButton(u"arrow-up", tr("Find the one before (Shift+F3)"), [this] { findNext(false); });
    addButton(u"arrow-down", tr("Find the next one (F3)"), [this] { findNext(true); });
    addButton(u"cross", tr("Close (Esc)"), [this] { closeFinding(); });
    m_finding->hide();

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(m_code, 1);
    layout->addWidget(m_finding);

    connect(m_code, &QsciScintilla::textChanged, this, [this] {
        if (!m_isSetting) {
            Q_EMIT textChanged();
        }
    });
    connect(m_code, &QsciScintilla::linesChanged, this, [this] {
        m_code->setMarginWidth(NumberMargin, QStringLiteral(" ") + QString::number(std::max(99, m_code->lines())));
    });
    connect(m_code, &QsciScintilla::cursorPositionChanged, this, [this](int line, int index) {
        if (m_popup->isVisible()) {
            complete(); // narrower or wider, or gone
        }
        Q_EMIT cursorMoved(line + 1, index + 1);
    });
    connect(m_code, &QsciScintillaBase::SCN_DWELLSTART, this, &CodeEdit::showTip);
    connect(m_code, &QsciScintillaBase::SCN_DWELLEND, this,
        [this] { m_code->SendScintilla(QsciScintilla::SCI_CALLTIPCANCEL); });
    connect(m_needle, &QLineEdit::textChanged, this, [this] {
        int line = 0;
        int index = 0;
        m_code->getCursorPosition(&line, &index);
        m_code->setCursorPosition(line, std::max(0, index - static_cast<int>(m_needle->text().size())));
        findNext(true);
    });
    connect(m_popup, &CompletionPopup::chosen, this,
        [this](int chosen) { insert(m_completion.candidates[static_cast<std::size_t>(chosen)]); });
    setLanguage(language);
}

CodeEdit::~CodeEdit()
{
    m_code->setLexer(nullptr); // it goes before its owner
}

void CodeEdit::setLanguage(RuleLanguage language)
{
    m_language = language;
    const bool isPython = language == RuleLanguage::Python;
    m_code->setIndentationWidth(isPython ? 4 : 2);
    m_code->setTabWidth(isPython ? 4 : 2);
    m_code->setAccessibleName(isPython ? tr("The rule's Python code") : tr("The rule's YAML"));
    m_code->setLexer(isPython ? static_cast<QsciLexer *>(&m_lexers->python) : &m_lexers->yaml);
    updateLook();
}

void CodeEdit::updateLook()
{
    const QPalette &colors = palette();
    m_lexers->setLook(colors);
    m_code->setColor(colors.color(QPalette::Text));
    m_code->setPaper(colors.color(QPalette::Base));
    m_code->setCaretForegroundColor(colors.color(QPalette::Text));
    m_code->setCaretLineVisible(true);
    m_code->setCaretLineBackgroundColor(colors.color(QPalette::AlternateBase));
    m_code->setSelectionBackgroundColor(colors.color(QPalette::Highlight));
    m_code->setSelectionForegroundColor(colors.color(QPalette::HighlightedText));
    m_code->setMarginsFont(codeFont());
    m_code->setMarginsForegroundColor(toneColor(Tone::Muted, colors));
    m_code->setMarginsBackgroundColor(colors.color(QPalette::Window));
    m_code->setFoldMarginColors(colors.color(QPalette::Window), colors.color(QPalette::Window));
    constexpr int lastFold = QsciScintilla::SC_MARKNUM_FOLDEROPEN;
    for (int marker = QsciScintilla::SC_MARKNUM_FOLDEREND; marker <= lastFold; ++marker) {
        // Not by QsciScintilla's functions, which leave markers alone that it did not hand out.
        m_code->SendScintilla(QsciScintilla::SCI_MARKERSETFORE, marker, colors.color(QPalette::Window));
        m_code->SendScintilla(QsciScintilla::SCI_MARKERSETBACK, marker, toneColor(Tone::Muted, colors));
    }
    m_code->setIndentationGuidesForegroundColor(lineColor(colors));
    m_code->setIndentationGuidesBackgroundColor(colors.color(QPalette::Base));
    m_code->setMatchedBraceBackgroundColor(toneBackground(Tone::Accent, colors));
    m_code->setMatchedBraceForegroundColor(toneColor(Tone::Accent, colors));
    m_code->setUnmatchedBraceBackgroundColor(toneBackground(Tone::Bad, colors));
    m_code->setUnmatchedBraceForegroundColor(toneColor(Tone::Bad, colors));
    m_code->setCallTipsBackgroundColor(colors.color(QPalette::ToolTipBase));
    m_code->setCallTipsForegroundColor(colors.color(QPalette::ToolTipText));
    m_code->setIndicatorForegroundColor(toneColor(Tone::Bad, colors), ErrorIndicator);
    m_code->setIndicatorForegroundColor(toneColor(Tone::Warning, colors), HintIndicator);
    const QSize size(metrics::IconSize - 2, metrics::IconSize - 2);
    m_code->markerDefine(icon(u"error", Tone::Bad).pixmap(size), ErrorMarker);
    m_code->markerDefine(icon(u"warning", Tone::Warning).pixmap(size), HintMarker);
    showMarks();
}

void CodeEdit::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) {
        updateLook();
    }
    QWidget::changeEvent(event);
}

QString CodeEdit::text() const
{
    return m_code->text();
}

void CodeEdit::setText(const QString &text)
{
    m_isSetting = true;
    QString unix = text;
    unix.replace(QLatin1String("\r\n"), QLatin1String("\n"));
    const bool readOnly = m_code->isReadOnly();
    m_code->setReadOnly(false);
    m_code->setText(unix);
    m_code->SendScintilla(QsciScintilla::SCI_EMPTYUNDOBUFFER);
    m_code->setReadOnly(readOnly);
    m_code->setCursorPosition(0, 0);
    m_isSetting = false;
    setMarks({});
}

void CodeEdit::replaceText(const QString &text)
{
    m_code->beginUndoAction();
    m_code->selectAll();
    m_code->replaceSelectedText(text);
    m_code->endUndoAction();
    m_code->setCursorPosition(0, 0);
}

void CodeEdit::setReadOnly(bool readOnly)
{
    m_code->setReadOnly(readOnly);
}

void CodeEdit::setMarks(const std::vector<Mark> &marks)
{
    if (marks != m_marks) {
        m_marks = marks;
        showMarks();
    }
}

void CodeEdit::showMarks()
{
    const int last = std::max(0, m_code->lines() - 1);
    for (const int indicator : {ErrorIndicator, HintIndicator}) {
        m_code->clearIndicatorRange(0, 0, last, m_code->lineLength(last), indicator);
    }
    for (const int marker : {ErrorMarker, HintMarker}) {
        m_code->markerDeleteAll(marker);
    }
    for (const Mark &mark : m_marks) {
        if (mark.line < 1 || mark.line > m_code->lines()) {
            continue;
        }
        const int line = mark.line - 1;
        const QString text = m_code->text(line);
        const auto begin = std::ranges::find_if(text, [](QChar c) { return !c.isSpace(); });
        const int from = static_cast<int>(begin - text.begin());
        const int to = static_cast<int>(text.trimmed().size()) + from;
        m_code->fillIndicatorRange(line, from, line, to, mark.isError ? ErrorIndicator : HintIndicator);
        m_code->markerAdd(line, mark.isError ? ErrorMarker : HintMarker);
    }
}

void CodeEdit::showTip(int position, int x, int y)
{
    Q_UNUSED(position)
    Q_UNUSED(x)
    const int line = m_code->lineAt(QPoint(metrics::Unit, y));
    QStringList sentences;
    for (const Mark &mark : m_marks) {
        if (line >= 0 && mark.line == line + 1) {
            sentences << mark.sentence;
        }
    }
    if (!sentences.isEmpty()) {
        const auto start = m_code->SendScintilla(QsciScintilla::SCI_POSITIONFROMLINE, line);
        m_code->SendScintilla(QsciScintilla::SCI_CALLTIPSHOW, static_cast<unsigned long>(start),
            sentences.join(u'\n').toUtf8().constData());
    }
}

int CodeEdit::currentLine() const
{
    int line = 0;
    int index = 0;
    m_code->getCursorPosition(&line, &index);
    return line + 1;
}

int CodeEdit::currentColumn() const
{
    int line = 0;
    int index = 0;
    m_code->getCursorPosition(&line, &index);
    return index + 1;
}

void CodeEdit::goTo(int line, int column)
{
    m_code->ensureLineVisible(line - 1);
    m_code->setCursorPosition(line - 1, column - 1);
    m_code->ensureCursorVisible();
    m_code->setFocus(Qt::OtherFocusReason);
}

QWidget *CodeEdit::input() const
{
    return m_code;
}

} // namespace octotrail::ui
