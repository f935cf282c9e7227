// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
// How RuleEditor keeps rules: saving, what is not saved, and versions.
#include "detect/OwnRules.h"
#include "ui/editor/RuleEditor.h"
#include "ui/editor/VersionsPane.h"
#include "ui/widgets/PlainText.h"
#include "ui/widgets/WhenFinished.h"
#include "ui/window/BannerArea.h"

#include <QAction>
#include <QDir>
#include <QFileInfo>
#include <QStackedWidget>
#include <QTabWidget>
#include <QtConcurrentRun>
#include <algorithm>

namespace octotrail::ui {

using namespace Qt::StringLiterals;

namespace {

/// Of the documents that keep what files were.
QString fileVersionKind()
{
    return u"rule-file"_s;
}

} // namespace

/// Whether what is saved has an error: it is kept, so that nobody loses work, but it watches nothing.
bool RuleEditor::isKeptUnusable() const
{
    if (m_origin.kind == RuleOrigin::Kind::New || m_isSaving || isModified() || !m_lastCheck
        || !(m_lastCheck->draft == m_saved)) {
        return false;
    }
    return std::ranges::any_of(m_lastCheck->remarks,
        [](const detect::Remark &remark) { return remark.weight == detect::Remark::Weight::Error; });
}

void RuleEditor::showUnusable()
{
    const bool isTold = m_banners->banner(u"unusable"_s) != nullptr;
    if (const bool isUnusable = isKeptUnusable(); isUnusable == isTold) {
        return;
    } else if (!isUnusable) {
        m_banners->remove(u"unusable"_s);
        return;
    }
    const QString where
        = m_worst.line > 0 ? tr("Line %1: %2").arg(m_worst.line).arg(m_worst.sentence) : m_worst.sentence;
    m_banners->show(u"unusable"_s, Tone::Warning,
        tr("The rule is saved, but it has an error and does not run until that is mended. %1")
            .arg(singleLine(where, 300)));
}

void RuleEditor::save()
{
    if (m_isSaving) {
        return;
    }
    m_banners->remove(u"save"_s);
    const detect::RuleDraft now = draft();
    RuleOrigin origin = m_origin;
    m_isSaving = true;
    updateState();
    const auto finish = [this, now](const RuleOrigin &to) {
        return [this, now, to](const event::Status &done) { takeSaved(done, now, to); };
    };
    if (origin.kind == RuleOrigin::Kind::File) {
        const auto work = [now, file = origin.place] { return detect::writeDraftAs(now, file); };
        whenFinished(QtConcurrent::run(work), this, finish(origin));
        return;
    }
    if (origin.kind == RuleOrigin::Kind::New) {
        origin = {RuleOrigin::Kind::Case, store::Documents::makeId()};
    }
    store::Document document;
    document.kind = detect::ownRuleKind();
    document.id = origin.place;
    document.name = now.title().trimmed().isEmpty() ? tr("A rule without a title") : now.title();
    document.body = now.toBytes();
    whenFinished(m_documents.save(std::move(document), true), this, finish(origin));
}

void RuleEditor::takeSaved(const event::Status &done, const detect::RuleDraft &draft, const RuleOrigin &origin)
{
    m_isSaving = false;
    if (!done) {
        m_then = nullptr;
        updateState();
        m_banners->show(u"save"_s, Tone::Bad, tr("The rule was not saved. %1").arg(done.error().sentence));
        return;
    }
    const detect::RuleDraft before = std::exchange(m_saved, draft);
    m_origin = origin;
    m_isWorthKeeping = false;
    m_savedAt = m_time.seconds(event::now()).mid(11, 5);
    updateState();
    if (m_origin.kind == RuleOrigin::Kind::File) {
        keepVersions(before);
    } else {
        readVersions();
    }
    Q_EMIT saved();
    if (!isModified()) {
        goOn();
    }
}

/// Of a file: what it was, which may have been written elsewhere, and what it is now. The case keeps that, too.
void RuleEditor::keepVersions(const detect::RuleDraft &before)
{
    store::Document document;
    document.kind = fileVersionKind();
    document.id = m_origin.place;
    document.name = QFileInfo(m_origin.place).fileName();
    document.body = before.toBytes();
    std::vector<store::Document> documents{document};
    document.body = m_saved.toBytes();
    documents.push_back(std::move(document));
    whenFinished(m_documents.saveAll(std::move(documents), true), this, [this](const event::Status &done) {
        readVersions();
        if (!done) {
            m_banners->show(u"save"_s, Tone::Warning,
                tr("The file was saved, but not what it was before. %1").arg(done.error().sentence));
        }
    });
}

void RuleEditor::goOn()
{
    m_banners->remove(u"leave"_s);
    if (const auto then = std::exchange(m_then, nullptr)) {
        then();
    }
}

void RuleEditor::leave(std::function<void()> then)
{
    if (!isModified()) {
        then();
        return;
    }
    m_then = std::move(then);
    const auto make = [this](const QString &text, auto triggered) {
        auto *action = new QAction(text, this);
        connect(action, &QAction::triggered, this, triggered);
        return action;
    };
    m_banners->show(u"leave"_s, Tone::Warning, tr("This rule has changes that are not saved."),
        {make(tr("Save"), [this] { save(); }),
            make(tr("Discard"),
                [this] {
                    m_isWorthKeeping = false;
                    m_saved = draft();
                    goOn();
                }),
            make(tr("Go on writing"), [this] {
                m_then = nullptr;
                m_banners->remove(u"leave"_s);
                m_codes->currentWidget()->setFocus(Qt::OtherFocusReason);
            })});
}

void RuleEditor::showVersions()
{
    m_results->setCurrentWidget(m_versions);
}

void RuleEditor::readVersions()
{
    if (m_origin.kind == RuleOrigin::Kind::New) {
        m_versions->showNone(tr("Versions are kept from the first time the rule is saved."));
        return;
    }
    const bool isFile = m_origin.kind == RuleOrigin::Kind::File;
    whenFinished(m_documents.versions(isFile ? fileVersionKind() : detect::ownRuleKind(), m_origin.place), this,
        [this, isFile, place = m_origin.place](const event::Result<std::vector<store::DocumentVersion>> &versions) {
            if (place != m_origin.place) {
                return;
            }
            if (versions && versions->empty() && isFile) {
                m_versions->showNone(
                    tr("This rule is a file of yours, %1. Its versions are kept in the case from the first time that "
                       "it is saved here.")
                        .arg(QDir::toNativeSeparators(m_origin.place)));
            } else if (versions) {
                m_versions->showVersions(*versions);
            } else {
                m_versions->showNone(versions.error().sentence);
            }
        });
}

} // namespace octotrail::ui
