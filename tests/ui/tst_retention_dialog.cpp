// SPDX-FileCopyrightText: 2026 The Octotrail authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "CaseFile.h"
#include "WindowDriver.h"
#include "collect/RetentionKeeper.h"
#include "ui/sources/RetentionDialog.h"
#include "ui/style/Appearance.h"
#include "ui/widgets/Banner.h"

#include <QComboBox>
#include <QDir>
#include <QDoubleSpinBox>
#include <QLabel>
#include <QPushButton>
#include <QSpinBox>
#include <QTest>

using namespace octotrail;
using namespace octotrail::ui;
using namespace Qt::StringLiterals;

/// The retention of a source, set and carried out as a person does.
class TestRetentionDialog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void keepsEverythingAtFirst();
    void savesAPolicy();
    void removesAfterASecondClick_data();
    void removesAfterASecondClick();
    void aShorterTimeThanAWeekIsAWeek();
    void whatGoesByItselfIsTold();
    void whatIsOldByThisComputerAloneStays();

private:
    template <class T>
    T *find(const char *name) const
    {
        return m_dialog->findChild<T *>(QString::fromLatin1(name));
    }
    QString preview() const { return find<QLabel>("retentionPreview")->text(); }
    qint64 count() const
    {
        auto counted = m_file->store()->count({});
        counted.waitForFinished();
        return counted.result().value_or(-1);
    }
    void open(const RetentionDialog::Clock &clock = &event::now);

    std::unique_ptr<CaseFile> m_file;
    std::unique_ptr<RetentionDialog> m_dialog;
};

/// The samples are of 2026-11-23; some older ones come beside them.
void TestRetentionDialog::init()
{
    m_dialog.reset();
    m_file = std::make_unique<CaseFile>();
    m_file->append(sampleEvents(0, 20));
    std::vector<std::string> old;
    for (int i = 0; i < 30; ++i) {
        old.push_back(R"({"uuid":"old-)" + std::to_string(i)
            + R"(","published":"2020-01-01T00:00:00.000Z","eventType":"user.session.start"})");
    }
    m_file->append(old);
    open();
}

void TestRetentionDialog::open(const RetentionDialog::Clock &clock)
{
    m_dialog = std::make_unique<RetentionDialog>(m_file->store(), TimeDisplay(), clock);
    m_dialog->setAttribute(Qt::WA_DeleteOnClose, false);
    m_dialog->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_dialog.get()));
    QTRY_VERIFY_WITH_TIMEOUT(!preview().isEmpty() && !preview().startsWith(u"Counting"_s), 30000);
}

void TestRetentionDialog::keepsEverythingAtFirst()
{
    QCOMPARE(preview(), u"All events of this source are kept."_s);
    QCOMPARE(find<QSpinBox>("retentionDays")->text(), u"For good"_s);
    QVERIFY(!find<QPushButton>("saveRetention")->isEnabled());
    QVERIFY(!find<QPushButton>("purge")->isEnabled());
}

void TestRetentionDialog::savesAPolicy()
{
    find<QSpinBox>("retentionDays")->setFocus();
    find<QSpinBox>("retentionDays")->selectAll();
    QTest::keyClicks(find<QSpinBox>("retentionDays"), u"365"_s);
    QTest::mouseClick(find<QPushButton>("saveRetention"), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(preview().contains(u"30 events"), 30000);
    QCOMPARE(count(), 51); // saving removes nothing by itself
    open();
    QTRY_COMPARE_WITH_TIMEOUT(find<QSpinBox>("retentionDays")->value(), 365, 30000);
}

void TestRetentionDialog::removesAfterASecondClick_data()
{
    QTest::addColumn<QString>("appearance");
    QTest::newRow("light") << u"light"_s;
    QTest::newRow("dark") << u"dark"_s;
}

void TestRetentionDialog::removesAfterASecondClick()
{
    QFETCH(QString, appearance);
    Appearance style(*qApp);
    style.setChoice(appearance == u"dark" ? Appearance::Choice::Dark : Appearance::Choice::Light);
    open();
    find<QSpinBox>("retentionDays")->setValue(365);
    QTRY_VERIFY_WITH_TIMEOUT(find<QPushButton>("purge")->isEnabled(), 30000);
    QTest::mouseClick(find<QPushButton>("purge"), Qt::LeftButton);
    QCOMPARE(count(), 51);
    QPushButton *confirm = find<QPushButton>("confirmPurge");
    QVERIFY(confirm->isVisible());
    QVERIFY(confirm->text().contains(u"30"_s));
    QTRY_VERIFY_WITH_TIMEOUT(confirm->width() >= confirm->sizeHint().width(), 30000);
    QDir().mkpath(u"screenshots"_s);
    m_dialog->grab().save(u"screenshots/retention-%1.png"_s.arg(appearance));
    QTest::mouseClick(confirm, Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(preview().startsWith(u"30 events were removed, which gave back "_s), 30000);
    QCOMPARE(count(), 21);
    QVERIFY(!confirm->isVisible());
}

void TestRetentionDialog::aShorterTimeThanAWeekIsAWeek()
{
    find<QSpinBox>("retentionDays")->setValue(2);
    QTest::mouseClick(find<QPushButton>("saveRetention"), Qt::LeftButton);
    store::Retention retention(m_file->store());
    QTRY_VERIFY_WITH_TIMEOUT(!retention.policies().result()->empty(), 30000); // it is saved by a thread of its own
    open();
    QTRY_COMPARE_WITH_TIMEOUT(find<QSpinBox>("retentionDays")->value(), 7, 30000);
}

void TestRetentionDialog::whatGoesByItselfIsTold()
{
    QVERIFY(store::Retention(m_file->store()).setPolicy(m_file->source(), {365, 0}).result());
    tests::WindowDriver driver(*m_file);
    QVERIFY(driver.open());
    // As it does by itself a while after the start.
    auto *keeper = driver.window().findChild<collect::RetentionKeeper *>();
    QVERIFY(keeper);
    keeper->purge();
    const QString name = u"banner-retention-%1"_s.arg(m_file->source());
    QTRY_VERIFY_WITH_TIMEOUT(driver.window().findChild<Banner *>(name), 30000);
    const QString text = driver.window().findChild<Banner *>(name)->text();
    QVERIFY2(text.startsWith(u"Retention of Acme: 30 events were removed, which gave back "), qUtf8Printable(text));
    QVERIFY2(text.contains(u"The store takes up "_s), qUtf8Printable(text));
    QCOMPARE(count(), 21);
}

void TestRetentionDialog::whatIsOldByThisComputerAloneStays()
{
    // Between the click that shows what would go and the one that removes it, the clock is found to be wrong.
    event::Timestamp now = event::now();
    open([&now] { return now; });
    find<QSpinBox>("retentionDays")->setValue(365);
    QTRY_VERIFY_WITH_TIMEOUT(find<QPushButton>("purge")->isEnabled(), 30000);
    now = *event::parseTimestamp("2020-06-01T00:00:00Z");
    QTest::mouseClick(find<QPushButton>("purge"), Qt::LeftButton);
    QTest::mouseClick(find<QPushButton>("confirmPurge"), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(preview().startsWith(u"0 events were removed"_s), 30000);
    QCOMPARE(count(), 51);
    find<QSpinBox>("retentionDays")->setValue(364);
    QTRY_VERIFY_WITH_TIMEOUT(preview().startsWith(u"Nothing is older than 2019-06-03"_s), 30000);
    QVERIFY(!find<QPushButton>("purge")->isEnabled());
}

QTEST_MAIN(TestRetentionDialog)
#include "tst_retention_dialog.moc"
